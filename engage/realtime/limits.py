"""What one connection may take, and how long it may be silent."""

PING_SECONDS = 20
PONG_SECONDS = 10
MAX_MESSAGE_BYTES = 64 * 1024
NEW_SOCKETS_PER_SECOND = 500
#: a connection that belongs to nobody for so long is closed
NAMELESS_SECONDS = 10
#: namespaces that one connection may ask for in its life; a page needs one
CONNECTS = 20
