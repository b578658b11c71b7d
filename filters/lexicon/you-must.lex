# Tells the reader what he must do or that nothing moves without the writer. member-legal-obligation, advice-pressure
(you will|you'll|you are to|you're to|you must|you shall|you need to|i require you)
(i want you|i want yous|i want youse|we require you|the council requires you|hereby required|you are required|you are hereby)
(i instruct|i am instructing|please instruct|instruct your|you may instruct|kindly instruct|by order of|this is an instruction)
(my instruction|these are your instructions|on my instructions|on my say-so|on my say so|on my authority|i'm telling you|i am telling you)
(council wants you|the council wants|council wants|council doesn't want|the council doesn't want|the council requires|till i say|until i say)
(until you hear from me|till you hear from me|unless i say|without hearing from me|when i tell you)
