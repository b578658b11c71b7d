# Adverse treatment of a named person wanted. favour-seeking
(lean on|have a word with|visit or two|send the inspectors|send the inspector|send environmental health|send trading standards|set the dogs on)
(call the dogs|round there every week|put the frighteners|put pressure on|put the squeeze on|turn the screw|find something wrong|find something)
(find a reason to|find fault|find a breach|throw the book|fine tooth comb|fine-tooth comb|drag your feet|drag it out)
(let it lie until the last|until the last day|slow it down|go slow|slow-walk|bottom of the pile|bottom of the list|find the going sticky)
(going sticky|hit a snag|run into difficulties|get the message|till he gets the message|until he gets the message|taught a lesson|make an example)
(generally decides to|persuade the applicant|lean on the applicant|get the applicant to|tell the applicant)
pay (him|her|them) a visit
turn (him|her|them|it) over
make life (difficult|hard|awkward|uncomfortable) for
make it (difficult|hard|awkward) for
make (him|her|them) (wait|sweat|pay|move|understand|see sense|think again)
give (him|her|them) (a hard time|grief|trouble|the runaround|a bad time)
go through (his|her|their) (books|papers|records) with
put (his|hers|theirs|it|them) at the bottom
teach (him|her|them) a lesson
refuse (his|her|their)
turn down (his|her|their)
block (his|her|their|it)
pull (his|her|their) (licence|grant|permit|funding|contract)
revoke (his|her|their)
stop (his|her|their) (grant|benefit|licence|funding|money)
cut off (his|her|their)
evict (him|her|them)
get (him|her|them) (out|evicted|moved|off|sacked|closed down|shut down)
shut (him|her|them) down
close (him|her|them) down
keep (him|her|them) (out|off)
persuade (him|her|them) to (sell|withdraw|drop|move|give up)
ticket (his|her|their) (car|van|cars)
target (him|her|them)
