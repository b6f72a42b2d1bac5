/** `http://web 로`, `/data 에`: a particle that stands apart from its word in Latin letters belongs to it; so does what is counted (`4 개로`). */
const apart =
	/(?<=[\w"'`)\]/]) (?=(?:으로|로|에서|에는|에|에게|까지|부터|을|를|은|는|의|와|과|입니다|이에요|예요)(?:만|도)?(?=[\s,.!?]|$))|(?<=(?<![\w.-])\d+) (?=(?:개|대|번|초|분)(?:로|으로|까지|를|만|씩|의|에서)?(?=[\s,.!?]|$))/g;

export const particlesJoined = (said: string): string => said.replaceAll(apart, '');
