# Standard confidentiality footer or question about marking. Negator for confidential-disclosure
(if you are not the intended recipient|if you have received this|received it in error|notify the sender|please notify the sender|delete it from your system|any views or opinions|views expressed)
(do not necessarily represent|may be monitored|may be subject to disclosure|scanned for viruses|virus free|this footnote|disclaimer|consider the environment before printing)
(think before you print|privacy notice|how we use your data|privacy policy|unauthorised use|mae'r e-bost hwn|yn gyfrinachol|croesawn ohebiaeth)
we welcome correspondence in welsh
this (email|e-mail|message|communication|transmission) (and any|is|may|contains|is intended|and its|together|including)
(intended solely|intended only|solely|only) for the (addressee|use of|individual|named|recipient|intended|person)
received this (email|e-mail|message) in error
