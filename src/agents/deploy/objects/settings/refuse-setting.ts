import {MkcoaError} from '../../../../core/error.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';

/** @throws `nothing-given`, `no-such-key` for a key that cannot be taken away */
export function refuseEmpty({
	set,
	removed,
	have,
	what,
}: {
	readonly set: readonly string[];
	readonly removed: readonly string[];
	readonly have: readonly string[];
	readonly what: string;
}) {
	if (set.length === 0 && removed.length === 0)
		throw new MkcoaError({
			kind: 'usage',
			code: 'nothing-given',
			what: `Nothing says what to change of ${what}`,
			next: 'Give keys to set, or --remove KEY',
		});
	const absent = removed.filter(key => !have.includes(key));
	if (absent.length === 0) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-key',
		what: `${what} has no key ${someOf(absent)}`,
		...(have.length === 0 ? {} : {why: `its keys are ${someOf(have, 12)}`}),
		next: 'Name keys that it has',
	});
}

export const isImmutable = (live: KubeObject | undefined) => valueAt(live, 'immutable') === true;

/**
 * @param next the way around it
 * @throws `immutable`
 */
export function refuseImmutable(live: KubeObject | undefined, next: string): void {
	if (live === undefined || !isImmutable(live)) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'immutable',
		what: `${refText(refOf(live))} is immutable`,
		why: 'the server refuses every change of its keys',
		next,
	});
}
