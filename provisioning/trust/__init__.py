"""What an organisation says of its packs, and how a box knows that it is the organisation who says it."""
