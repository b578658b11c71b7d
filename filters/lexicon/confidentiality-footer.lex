# Standard confidentiality footer or question about marking. Negator for confidential-disclosure
(if you are not the intended recipient|if you have received this|received it in error|notify the sender|please notify the sender|delete it from your system|any views or opinions|views expressed)
(do not necessarily represent|may be monitored|may be subject to disclosure|scanned for viruses|virus free|this footnote|disclaimer|consider the environment before printing)
(think before you print|privacy notice|how we use your data|privacy policy|unauthorised use|mae'r e-bost hwn|yn gyfrinachol|croesawn ohebiaeth)
we welcome correspondence in welsh
this (email|e-mail|message|communication|transmission) (and any|is|may|contains|is intended|and its|together|including)
(intended solely|intended only|solely|only) for the (addressee|use of|individual|named|recipient|intended|person)
received this (email|e-mail|message) in error
(is this confidential|is that confidential|is it confidential|is it exempt|is this exempt|is this one exempt|are these exempt)
(is it public|is this public|is it in the public part|am i allowed to share|can i share this|can i show this|may i share|may i show)
(could i show|can this go to|can it go outside|can it be shared|should it be exempt|does it need to be exempt|why is it exempt)
(why was it exempt|why is this exempt)
(must not disclose|intended recipient|unintended recipient|privileged information|legally privileged information|may contain confidential)
(may contain privileged|contains confidential information|any unauthorised|unauthorised disclosure|unauthorised copying|sent in error)
(internet communications|swept for viruses|checked for viruses|council accepts no liability|does not accept liability)
(data protection legislation|how we process)
