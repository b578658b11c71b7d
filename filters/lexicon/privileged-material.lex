# Privileged advice, bids, reserve prices, investigations, informants. confidential-disclosure, party-worker-access
(legally privileged|legal privilege|privileged|privileged and confidential|legal professional privilege|without prejudice|counsel's opinion|counsels opinion)
(counsel's advice|counsel's note|legal opinion|legal advice|our barrister thinks|our qc|our kc|our solicitor says)
(prospects of success|litigation risk|our bottom line|bottom line figure|go down to|they'll go down to|reserve price|negotiating position)
(negotiating brief|settlement figure|tender prices|tender sum|tender sums|bid prices|the other bids|the bids)
(rival bids|rivals' numbers|the other envelopes|scoring sheets|scoring matrix|evaluation sheets|bidder|bidders)
(model answer|interview questions|investigation report|investigator's draft|investigator's report|draft findings|whistleblower|informant)
(complainant's name|who complained|asked not to be named|who reported|who it was that complained)
