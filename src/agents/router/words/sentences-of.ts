/** The sentences of a request, also those that a Korean ending parts by a comma: `느려서요, …`. */
export const sentencesOf = (request: string): readonly string[] =>
	request
		.split(/(?<=[.!?…])\s+|\n+|(?<=;)\s+|(?<=[가-힣](?:서요|거든요?|데요|대요|래요|니까요?),)\s+/)
		.filter(sentence => sentence.trim() !== '');
