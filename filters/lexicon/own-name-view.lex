# A member speaks for nobody but himself or his group. Negator for media-contact, official-letter
(my own|my personal|a personal|purely my|only my|entirely my own) (view|views|opinion|opinions|name|account|record|words|behalf|capacity)
(speak|speaking|write|writing|talk|talking|say this|said this) (only|solely|purely|just|) (for|as) (nobody but|no one but|no-one but|none but|only|) (myself|me|the group|my group|the opposition)
(nobody but myself|nobody but me|no one but myself|no-one but myself|nobody's name but|no name but|not for the council|not the council's|nothing to do with the council|nowt to do with council|not council business|not as the council|not speaking for the council|this is us, the|this is me as|me and nobody else|nobody else's|and nobody else)
(i|we) (voted against|opposed it|opposed this|shall vote against|will vote against|shall oppose|alone voted|speak for me|am in opposition|am a member of that council)
(letter for publication|letter to the editor|your correspondent|for your letters page|yours etc|readers' letters)
(speaking|talking|quoted|writing) (as|for) (a|the) (independent|labour|conservative|green|lib dem|liberal democrat|reform|opposition|snp|plaid|ward|local|sheep|backbench|group)
(for|as) the (labour|conservative|green|lib dem|liberal democrat|reform|snp|plaid|independent|opposition|dup|sdlp|alliance) (group|candidate|party|side)
