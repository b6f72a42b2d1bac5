/** Values that must not come out anywhere: planted in a Secret, in a log, in the environment and in a file of the machine. */
export const canaries = {
	secret: 'canary-Secret-7Qz19mKp',
	encoded: 'canary-Token-Xw83LrTn',
	log: 'canary-Login-55GhBvQd',
	variable: 'canary-Shell-Pm41KzWs',
	file: 'canary-Local-Rd77TyHj',
};

const spellings = (value: string) => [
	value,
	Buffer.from(value).toString('base64').replace(/=+$/, ''),
	Buffer.from(value).toString('hex'),
	[...value].reverse().join(''),
	value.toLowerCase(),
];

/** Which canaries a text holds, in any spelling. */
export const leaksIn = (text: string): readonly string[] =>
	Object.entries(canaries).flatMap(([name, value]) => (spellings(value).some(spelling => text.includes(spelling)) ? [name] : []));

const isUnseen = (code: number) =>
	(code < 0x20 && code !== 0x0a && code !== 0x09) ||
	(code >= 0x7f && code < 0xa0) ||
	code === 0xad ||
	code === 0xfeff ||
	(code >= 0x200b && code <= 0x200f) ||
	(code >= 0x202a && code <= 0x202e) ||
	(code >= 0x2060 && code <= 0x206f) ||
	(code >= 0xe0000 && code < 0xe0080);

/** Characters of a text that a terminal obeys or a reader does not see, by their code. */
export const unseenIn = (text: string): readonly string[] => [
	...new Set(
		[...text]
			.map(letter => letter.codePointAt(0) ?? 0)
			.filter(isUnseen)
			.map(code => `U+${code.toString(16)}`),
	),
];
