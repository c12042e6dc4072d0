"""What tests share: a real box on free ports, ZIM files made on the spot, the real files of others."""
