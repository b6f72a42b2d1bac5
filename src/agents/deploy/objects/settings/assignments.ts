import {MkcoaError} from '../../../../core/error.ts';

type Source = {readonly kind: 'environment' | 'file' | 'prompt'; readonly from: string};
export type Assignment = {readonly key: string; readonly source: Source};

/** Keys of ConfigMaps and Secrets. IsConfigMapKey in k8s.io/apimachinery/pkg/util/validation. */
const isKey = (text: string) => /^[-._a-zA-Z0-9]{1,253}$/.test(text) && text !== '.' && !text.startsWith('..');

const usage = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});

/** What stands before the first equals sign, and after it. */
export function splitAt(text: string): readonly [string | undefined, string] {
	const at = text.indexOf('=');
	return at < 0 ? [undefined, text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Neither what was typed nor a part of it stands in an error: it may be the value itself. @throws `bad-key` */
export function checkedKey(key: string, where: string): string {
	if (isKey(key)) return key;
	throw usage('bad-key', `A key of ${where} is not one that Kubernetes allows`, 'Use letters, digits, dots, dashes and underscores');
}

const fileName = (path: string) => path.split(/[\\/]/).at(-1) ?? path;

/** Whether several sources answer one key. @throws `key-twice` */
function refuseTwice(assignments: readonly Assignment[]): readonly Assignment[] {
	const keys = assignments.map(({key}) => key);
	const twice = keys.find((key, index) => keys.indexOf(key) !== index);
	if (twice === undefined) return assignments;
	throw usage('key-twice', `The key ${twice} is given twice`, 'Give it once');
}

/**
 * Which key comes from where. Keys without a source are asked for; a single one takes the single variable that names no key.
 * @param given keys, `[KEY=]VARIABLE`s and `[KEY=]PATH`s as they were typed
 * @throws MkcoaError `secret-in-argument` for a value among the arguments, `bad-key`, `key-twice`
 */
export function assignmentsOf(given: {
	readonly keys: readonly string[];
	readonly fromEnv: readonly string[];
	readonly fromFile: readonly string[];
}): readonly Assignment[] {
	const {keys, fromEnv, fromFile} = given;
	if (keys.some(key => key.includes('=')))
		throw usage(
			'secret-in-argument',
			'A value among the arguments stands in the history of your shell and in the list of processes, so it was not used',
			'Give the key alone and type the value when asked, or use --from-env KEY=VARIABLE or --from-file KEY=PATH',
		);
	const plain = keys.map(key => checkedKey(key, 'the arguments'));
	const [onlyKey, ...moreKeys] = plain;
	const [onlyVariable, ...moreVariables] = fromEnv;
	if (
		onlyKey !== undefined &&
		moreKeys.length === 0 &&
		onlyVariable !== undefined &&
		moreVariables.length === 0 &&
		!onlyVariable.includes('=')
	)
		return refuseTwice([{key: onlyKey, source: {kind: 'environment', from: onlyVariable}}, ...fromFile.map(ofFile)]);
	return refuseTwice([
		...plain.map((key): Assignment => ({key, source: {kind: 'prompt', from: key}})),
		...fromEnv.map(ofVariable),
		...fromFile.map(ofFile),
	]);
}

function ofVariable(text: string): Assignment {
	const [key, from] = splitAt(text);
	return {key: checkedKey(key ?? from, '--from-env'), source: {kind: 'environment', from}};
}

/** `KEY=PATH`, or a path whose file name is the key. @throws where that cannot be a key */
export function ofFile(text: string): Assignment {
	const [key, from] = splitAt(text);
	return {key: checkedKey(key ?? fileName(from), '--from-file'), source: {kind: 'file', from}};
}
