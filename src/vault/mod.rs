//! People's keys, sealing and opening entries. Until sealing lands: a null sealer of the same shape.
