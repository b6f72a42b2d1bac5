import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';

/** Kinds of which a request says that they are as they should be: `the policy is right; change the deployment`. No plan changes one of them. */
export function saidRight({words, ...clause}: Clause): ReadonlySet<string> {
	const kinds = kindsIn({words, ...clause});
	return new Set(
		words.flatMap(({text}, at) => {
			const kind = /^(?:policy|정책)$/.test(text) ? 'NetworkPolicy' : kinds.find(({last}) => last === at)?.kind;
			const behind = words.slice(at + 1, at + 4).map(each => each.text);
			const isRight = /^(?:(?:itself )?(?:is|looks) (?:right|correct|fine|ok|okay|good|sound|intended)\b|맞[으고는습아]|정상|문제없)/.test(
				behind.join(' '),
			);
			return kind !== undefined && isRight ? [kind] : [];
		}),
	);
}
