# A member or candidate, by office or by name (the reader adds who is named). pre-election-publicity
(your|our|the) (local|ward) (councillor|councillors|member|members)
(the|our) (cabinet member|portfolio holder|executive member|lead member|ward councillor|ward councillors)
(the|our) (leader|deputy leader|convener|provost|mayor|deputy mayor|group leader)
(the|our|your) (candidate|candidates|prospective candidate)
