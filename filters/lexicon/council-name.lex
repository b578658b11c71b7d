# The council itself, as an actor. member-legal-obligation, media-contact, official-letter-in-member-name
(the council|this council|your council|our council|council's|the authority|this authority|local authority)
(the borough|the borough council|the county|the county council|the district|the district council|the city council|the city)
(town hall|the town hall|county hall|city hall|civic centre|local planning authority|highway authority|licensing authority)
(the corporation|the local authority|unitary authority|combined authority|y cyngor|the cooncil|cooncil|council will)
(council is|council has|we at the council|from the council|for the council|on behalf of the council|our end|this end)
(at our end|at this end|from our side)
