/** A grammar of names: what matches, and the words for what does not. Words and patterns are those of k8s.io/apimachinery. */
export type Grammar = {readonly test: RegExp; readonly words: string; readonly maxLength: number};

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const examples = (texts: readonly string[]) => texts.map((text, index) => `${index === 0 ? '' : ' or '}'${text}'`).join(', ');
const grammar = (maxLength: number, pattern: string, rule: string, ...texts: readonly string[]): Grammar => ({
	test: whole(pattern),
	maxLength,
	words: `${rule} (e.g. ${examples(texts)}, regex used for validation is '${pattern}')`,
});

export const subdomain = grammar(
	253,
	`${label}(\\.${label})*`,
	"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
	'example.com',
);
export const dnsLabel = grammar(
	63,
	label,
	"a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
	'my-name',
	'123-abc',
);
export const dns1035Label = grammar(
	63,
	'[a-z]([-a-z0-9]*[a-z0-9])?',
	"a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
	'my-name',
	'abc-123',
);
const labelName = grammar(
	63,
	'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]',
	"name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
	'MyName',
	'my.name',
	'123-abc',
);
export const labelValue = grammar(
	63,
	'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?',
	"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
	'MyValue',
	'my_value',
	'12345',
);
export const configKey = grammar(
	253,
	'[-._a-zA-Z0-9]+',
	"a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
	'key.name',
	'KEY_NAME',
	'key-name',
);
export const percentage = grammar(
	Number.POSITIVE_INFINITY,
	'[0-9]+%',
	"a valid percent string must be a numeric string followed by an ending '%'",
	'1%',
	'93%',
);

/**
 * What is wrong with a text, in the server's words.
 * @param unit what the server says that it counts: bytes in labels, characters elsewhere
 */
export function nameProblems(text: string, {test, words, maxLength}: Grammar, unit = 'characters'): readonly string[] {
	const long = text.length > maxLength ? [`must be no more than ${maxLength} ${unit}`] : [];
	return test.test(text) ? long : [...long, words];
}

/** A label or annotation key: an optional DNS prefix, a slash, a name. */
export function keyProblems(key: string): readonly string[] {
	const [first = '', second, ...more] = key.split('/');
	if (more.length > 0) {
		const rule = labelName.words.replace('name part', 'a valid label key');
		return [`${rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
	}
	if (second === undefined) return namePart(first);
	const prefix =
		first === '' ? ['prefix part must be non-empty'] : nameProblems(first, subdomain, 'bytes').map(words => `prefix part ${words}`);
	return [...prefix, ...(second === '' ? ['name part must be non-empty'] : namePart(second))];
}

const namePart = (text: string) =>
	nameProblems(text, labelName, 'bytes').map(words => (words.startsWith('name part') ? words : `name part ${words}`));
