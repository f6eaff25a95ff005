"""What those who scrutinise a partnership ask, and where its report answers."""
