# A letter to a Minister or Member of Parliament. Leave for the Leader or a chair. official-letter-in-member-name
(minister|secretary of state|the minister|home secretary|chancellor|prime minister|first minister|under-secretary|parliamentary secretary|rt hon|the rt hon|right honourable|member of parliament|mp for|our mp|the mp|msp|ms for|mla)
