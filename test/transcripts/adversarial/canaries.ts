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
