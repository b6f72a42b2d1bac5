const irregular: {readonly [word: string]: string} = {
	ran: 'run',
	running: 'run',
	runs: 'run',
	made: 'make',
	gave: 'give',
	given: 'give',
	sent: 'send',
	took: 'take',
	taken: 'take',
	went: 'go',
	gone: 'go',
	goes: 'go',
	does: 'do',
	did: 'do',
	done: 'do',
	is: 'be',
	are: 'be',
	was: 'be',
	were: 'be',
	am: 'be',
	has: 'have',
	had: 'have',
	grew: 'grow',
	grown: 'grow',
	shrank: 'shrink',
	shrunk: 'shrink',
	stopped: 'stop',
	wrote: 'write',
	broke: 'break',
	broken: 'break',
	brought: 'bring',
	got: 'get',
	kept: 'keep',
	began: 'begin',
	policies: 'policy',
	replicas: 'replica',
	ingresses: 'ingress',
	classes: 'class',
	addresses: 'address',
	indices: 'index',
	axes: 'axis',
};

/** Words whose last letters are no ending. */
const whole = new Set(
	'ingress address class process status always kubernetes access less his this its us redis always bus yes has does was is news'.split(' '),
);

const consonantTwice = /([bdfgklmnprt])\1$/;

/**
 * The forms that an English word may be a form of, itself first: `scaling` is `scal` or `scale`. Small and generous: it is only compared with words that
 * mkcoa knows.
 */
export function stemsOf(word: string): readonly string[] {
	const known = irregular[word];
	if (known !== undefined) return [word, known];
	if (whole.has(word) || word.length < 4) return [word];
	if (word.endsWith('ies')) return [word, `${word.slice(0, -3)}y`, word.slice(0, -1)];
	if (word.endsWith('ied')) return [word, `${word.slice(0, -3)}y`];
	const base = /^(.{2,})(?:ing|ed)$/.exec(word)?.[1];
	if (base !== undefined) return [word, base, `${base}e`, ...(consonantTwice.test(base) ? [base.slice(0, -1)] : [])];
	if (/(?:s|x|z|ch|sh)es$/.test(word)) return [word, word.slice(0, -2), word.slice(0, -1)];
	return word.endsWith('s') && !word.endsWith('ss') ? [word, word.slice(0, -1)] : [word];
}
