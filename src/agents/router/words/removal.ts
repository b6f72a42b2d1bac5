const english = [
	'remov\\w+|drop(?:s|ped|ping)?|delet\\w+|unset\\w*|clear(?:s|ed)?|strip(?:s|ped)?|eras\\w+|purg\\w+|clean(?:s|ed)?|lift(?:s|ed)?|disabl\\w+|eliminat\\w+|discard\\w*|ditch\\w*|scrap|nuke|rip|unlabel|unannotate|uncapped|unlimited',
	'los(?:e|es|ing)|shed(?:s)?|get rid of|do away with|turn off|take (?:off|away|out)|(?:take|pull|peel|rip|get)\\b[^,;.]{1,60}\\b(?:off|out|away)|comes? (?:off|out)|(?:disappear|vanish)\\w*',
	"(?:do|does)(?:n't| not) need\\b[^,;.]*\\b(?:any ?more|any longer|now)|no longer (?:needs?|wants?|requires?|necessary|needed|required|wanted)|not (?:needed|required|wanted) (?:any ?more|any longer)|needs? no|without|can be (?:gone|without)",
	'(?:limits?|requests?|probes?|checks?|labels?|annotations?|variables?) (?:is |goes? |comes? |to )?(?:off|away|out|gone)',
	'(?:can|may|should|could|must|has to|have to|is to) go(?= *(?:now|too|away)? *(?:$|[.,!;]))|(?:is|are) (?:obsolete|superfluous|redundant|unneeded|unnecessary|to go)',
];
const removal = new RegExp(
	`\\b(?:${english.join('|')})(?![\\w=-])|제거|삭제|지[워우]|지울|빼|뺄|뺀|없[애앨]|없이|떼|뗀|떨어|해제|풀[어고]|필요 ?(?:는|가)? ?없`,
	'i',
);

/** Whether something that stands there is to go: `drop it`, `it loses its label`, `no longer needs it`, `필요 없어요`. */
export const removes = ({text}: {readonly text: string}): boolean => removal.test(text);
