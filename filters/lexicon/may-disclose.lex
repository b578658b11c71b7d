# The material is released, public, or belongs to the addressee. Negator for confidential-disclosure, party-worker-access
(lifted the exemption|embargo is lifted|now public|now published|published today|published yesterday|published on|went live)
(live on the website|on the website|on our website|on the council's website|from the council website|on the public website|publicly available|public information)
(in the public domain|public document|public documents|public agenda|public report|public version|redacted|redacted version)
(anonymised|anonymous|names removed|names taken out|no names|personal details removed|with her consent|with his consent)
(with their consent|signed consent|written consent|has consented|given consent|authority to act|form of authority|subject access)
(your own data|your own file|your personal data|they're about you|about you so|your file|data about you|copy of your)
(under freedom of information|foi|already in the press|already in the gazette|everybody knows|not confidential|nothing confidential|not exempt)
(isn't confidential|open minutes|open session|open part|part i|part 1|public part|the link is)
(link below|follow the link|see the website|can be found at|is available at|available online|published at)
no longer (exempt|confidential|embargoed|restricted)
exemption (has been lifted|was lifted|is lifted)
embargo has (lifted|passed|expired)
here('s| is) the link
