# A press matter is cleared with or left to others, nothing said yet. Negator for media-contact
(clear it with|checked with|run it past|run past|go through|goes through|going through|over to you)
(would you take it|can you take it|can you handle|haven't rung back|not rung him back|not rung her back|have said nothing|i have said nothing)
(said nothing|not replied to|haven't replied)
cleared (by|with|me to|it with)
referred (him|her|them) to
passed (him|her|them) to
sent (him|her|them) to
point (him|her|them) to
told (him|her|them) to ring
