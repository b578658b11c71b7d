# A letter to a Minister or Member of Parliament. Leave for the Leader or a chair. official-letter-in-member-name
(minister|secretary of state|the minister|home secretary|chancellor|prime minister|first minister|under-secretary|parliamentary secretary|rt hon|the rt hon|right honourable|member of parliament|mp for|our mp|the mp|msp|ms for|mla)
# ministers and members of parliament
(minister of state|dear minister|dear secretary of state|dear chancellor|dear prime minister|dear first minister|deputy first minister)
(cabinet secretary|dear cabinet secretary|welsh minister|scottish minister|welsh ministers|scottish ministers|permanent secretary)
(parliamentary under-secretary|parliamentary under-secretary of state|levelling up secretary|housing secretary|transport secretary)
(education secretary|health secretary|environment secretary|communities secretary|local government minister|housing minister)
(roads minister|rail minister|minister for|minister of|minister's|the members of parliament|local mp|our local mp|our mps|the mps)
(your constituency mp|mps for|member of the senedd|senedd member|member of the scottish parliament|our msp|the msp|msps|mlas|our mla)
(the mla|member of the legislative assembly|house of commons|house of lords|the commons|westminster office|the treasury|hm treasury)
(the northern ireland office|scotland office|wales office|select committee chair|chair of the select committee)
