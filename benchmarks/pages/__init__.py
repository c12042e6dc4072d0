"""What a page costs a phone: bytes, requests and the time to the first paint on a slow line, beside others' pages."""
