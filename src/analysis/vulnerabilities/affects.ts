import {orderOf} from '../versions/ecosystem-order.ts';
import type {Order} from '../versions/order.ts';
import {bySemver} from '../versions/semver-order.ts';
import type {Affected, Range} from './advisory.ts';

/** Whether a version is vulnerable, and from which one on it is not. `why`: nobody can tell. */
export type Verdict =
	| {readonly status: 'affected'; readonly fixed?: string | undefined}
	| {readonly status: 'unaffected'}
	| {readonly status: 'unknown'; readonly why: string};

type Event = {readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit'; readonly version: string};

const kinds = ['introduced', 'fixed', 'last_affected', 'limit'] as const;

/** `0` is older than every version. */
const orderedFromZero =
	(order: Order): Order =>
	(a, b) =>
		a === '0' || b === '0' ? Number(a !== '0') - Number(b !== '0') : order(a, b);

/** Whether a range holds a version, and the first fix that is newer than it. */
function within({events}: Range, version: string, plain: Order): {readonly isIn: boolean; readonly fixed?: string | undefined} {
	const order = orderedFromZero(plain);
	const all: readonly Event[] = events.flatMap(event =>
		kinds.flatMap(kind => (event[kind] === undefined ? [] : [{kind, version: event[kind]}])),
	);
	const sorted = all.toSorted((a, b) => order(a.version, b.version) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
	let isIn = false;
	for (const event of sorted) {
		const difference = order(version, event.version);
		if (event.kind === 'introduced' && difference >= 0) isIn = true;
		if (event.kind === 'fixed' && difference >= 0) isIn = false;
		if (event.kind === 'last_affected' && difference > 0) isIn = false;
	}
	const limits = all.filter(({kind}) => kind === 'limit');
	const isBeyond = limits.length > 0 && !limits.some(limit => limit.version === '*' || order(version, limit.version) < 0);
	return {isIn: isIn && !isBeyond, fixed: sorted.find(event => event.kind === 'fixed' && order(event.version, version) > 0)?.version};
}

/**
 * What an advisory says of one version of the package that it names: ranges count, and so do versions that it lists one by one.
 * @see https://ossf.github.io/osv-schema/#evaluation
 */
export function affects({ecosystem, ranges, versions}: Affected, version: string): Verdict {
	const own = orderOf(ecosystem);
	const listed = versions.includes(version) || (own !== undefined && versions.some(each => own(each, version) === 0));
	const found: ReturnType<typeof within>[] = [];
	let unordered = 0;
	for (const range of ranges) {
		const order = range.type === 'SEMVER' ? bySemver : range.type === 'ECOSYSTEM' ? own : undefined;
		if (order === undefined) unordered += 1;
		else found.push(within(range, version, order));
	}
	const hit = found.find(({isIn}) => isIn);
	if (hit !== undefined) return {status: 'affected', fixed: hit.fixed};
	if (listed) return {status: 'affected', fixed: found.find(({fixed}) => fixed !== undefined)?.fixed};
	if (found.length === 0 && unordered > 0 && versions.length === 0) {
		const isGit = ranges.every(({type}) => type === 'GIT');
		return {
			status: 'unknown',
			why: isGit ? 'it names commits alone, and a version is none' : `versions of ${ecosystem} have no order that is known`,
		};
	}
	return {status: 'unaffected'};
}
