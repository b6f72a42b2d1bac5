import {nearestNames} from '../../core/text/nearest-names.ts';

/** Types rather than values: `expected a number or a string`. */
const types =
	/^(?:an?|the|any|of|number|int|integer|float|double|string|text value|bool|boolean|value|values|list|object|null|nil|none|undefined)$/i;

const word = /["'`]?[\w.-]+["'`]?/;
const list = new RegExp(`${word.source}(?:\\s*(?:,\\s*(?:or\\s+|and\\s+)?|\\||/|\\s(?:or|and)\\s)\\s*${word.source})+`);
/** What programs say before they tell which values they take. */
const telling =
	/(?:must be|should be|has to be|needs to be|expected|expecting|allowed|valid|supported|possible|permitted|accepted|known|available|choose|pick|try|use|want)(?:\s+(?:one\s+of|either|any\s+of|from|values?|options?|choices?|formats?|levels?|modes?|is|are|to\s+be|the\s+following))*|one\s+of|choices/;
const told = new RegExp(`(?:${telling.source})\\s*[:=]?\\s*[\\[({<]?\\s*(${list.source})`, 'gi');

/** The values that a program says it takes, in its order; none where its words list none. */
export function allowedIn(said: string): readonly string[] {
	for (const [, values = ''] of said.matchAll(told)) {
		const words = values.split(/\s*(?:,\s*(?:or\s+|and\s+)?|\||\/|\s(?:or|and)\s)\s*/i).map(each => each.replace(/^["'`]|["'`.]+$/g, ''));
		if (words.length > 1 && words.every(each => each !== '' && !types.test(each))) return words;
	}
	return [];
}

/** Words that most programs take for settings of such a name. */
const usual: readonly (readonly [key: RegExp, values: readonly string[]])[] = [
	[/level|verbosity/i, ['trace', 'debug', 'info', 'warn', 'warning', 'error', 'fatal']],
	[/format|encod/i, ['json', 'text', 'logfmt', 'console', 'plain', 'yaml', 'csv', 'xml']],
	[/(?:^|[_.-])(?:env|environment|stage|profile)$/i, ['production', 'staging', 'development', 'test', 'prod', 'stage', 'dev']],
	[/proto(?:col)?$|scheme$|transport/i, ['http', 'https', 'tcp', 'udp', 'grpc', 'tls']],
	[/ssl_?mode/i, ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']],
	[/enabled?$|disabled?$|^(?:is|use|with|allow)_/i, ['true', 'false']],
];

/** Clouds write their regions and zones with dashes, in small letters. */
function placeName(name: string, value: string): string | undefined {
	if (!/region|zone|location/i.test(name) || !/^[a-z]+(?:[_ ][a-z0-9]+)+$/i.test(value)) return undefined;
	return value.replace(/[_ ]/g, '-').toLowerCase();
}

const only = (values: readonly string[]) => {
	const unique = [...new Set(values)];
	return unique.length === 1 ? unique[0] : undefined;
};

function usualValue(name: string, value: string): string | undefined {
	const near = usual
		.filter(([key]) => key.test(name))
		.flatMap(([, values]) => (values.includes(value.toLowerCase()) ? [] : nearestNames(value, values).slice(0, 1)));
	return placeName(name, value) ?? near[0];
}

type Setting = {
	readonly name: string;
	readonly value: string;
	/** Last words of the program that did not take it. */
	readonly said: string;
	/** What settings of the same name hold elsewhere. */
	readonly others: readonly string[];
};

/**
 * What a setting that its program refuses was most likely meant to be: of the values that the program says it takes the nearest, or else what others of its name
 * hold, or else a usual word that is near. Undefined where nothing tells. A person has to say that it was meant.
 */
export function meantValue({name, value, said, others}: Setting): string | undefined {
	const elsewhere = others.filter(each => each !== value);
	const allowed = allowedIn(said);
	if (allowed.includes(value)) return undefined;
	if (allowed.length > 0) return nearestNames(value, allowed)[0] ?? elsewhere.find(each => allowed.includes(each)) ?? allowed[0];
	return nearestNames(value, elsewhere)[0] ?? only(elsewhere) ?? usualValue(name, value);
}
