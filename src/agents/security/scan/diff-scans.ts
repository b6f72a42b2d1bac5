import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {scanSchema, type ToldFailure, type ToldScan} from './scan-output.ts';

type Diff = NonNullable<ToldScan['diff']>;

type Seen = Pick<ToldFailure, 'id' | 'resource' | 'paths' | 'exception' | 'platform'>;

/** One fault of one object in every scan, whatever its words are. */
const keyOf = ({id, resource, paths}: Seen) => `${id} ${refText(resource)}${paths.length === 0 ? '' : ` ${paths.join(', ')}`}`;

/** What counts: what is excepted or the platform's is nobody's task. */
const counting = (failures: readonly Seen[]) =>
	failures.filter(({exception, platform}) => exception === undefined && platform === undefined).map(keyOf);

const unusable = (why: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-saved-scan',
		what: 'The saved scan cannot be compared with',
		why,
		next: 'Save one with: mkcoa security scan --json > scan.json',
	});

/**
 * The scan that a text holds.
 * @throws MkcoaError `bad-saved-scan`
 */
export function savedScan(text: string): ToldScan {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw unusable('it is no JSON');
	}
	const parsed = scanSchema.safeParse(value);
	if (!parsed.success) throw unusable('it is not what mkcoa security scan --json prints');
	if (parsed.data.more > 0) throw unusable(`it leaves ${parsed.data.more} findings out`);
	return parsed.data;
}

/**
 * What came and what went since an earlier scan.
 * @throws MkcoaError `bad-saved-scan` where that asked another question: what it did not look for would count as new
 */
export function diffOf(earlier: ToldScan, now: {readonly asked: ToldScan['asked']; readonly failures: readonly Seen[]}): Diff {
	if (JSON.stringify(earlier.asked) !== JSON.stringify(now.asked))
		throw unusable('it was asked for another namespace, check, family or severity');
	const before = new Set(counting(earlier.failures));
	const after = new Set(counting(now.failures));
	return {
		since: earlier.takenAt,
		...(earlier.score === undefined ? {} : {score: earlier.score}),
		fresh: [...after.difference(before)],
		fixed: [...before.difference(after)],
		unchanged: after.intersection(before).size,
	};
}
