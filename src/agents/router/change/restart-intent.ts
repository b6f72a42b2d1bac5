import {refOf, refText} from '../../../core/kube/kube-object.ts';
import {selectingPairs} from '../names/by-label.ts';
import type {Intent} from '../understanding.ts';
import {spokenNearly} from '../words/spoken.ts';
import {pairsIn} from '../words/values.ts';
import {allOf, inLanguage} from './asking.ts';
import {inNamespace, isQuestion, restartableKinds, targetsIn, workloadText} from './targets.ts';

const restarting =
	'restart reboot bounce recycle relaunch cycle kick rolling_restart turn_off_and_on 재시작 재기동 리스타트 재부팅 리부트 다시_시작 다시_띄우 껐다_켜 롤링_재시작';

/** `roll its pods`, `껐다 켜줘`: new pods of the same template. */
const rolls =
	/\broll(?:ing)? (?:the |its |their |all )*(?:[\w-]+ )?pods\b|(?:^|[.,;:]\s+|\b(?:please|and|then|so)\s+)roll (?!(?:back|out|over|forward|in|on)\b)(?:both|all|each|them|it|the|[a-z][\w-]*)(?! (?:back|out|over|forward|(?:\S+ )?(?:tag|version|image|release|build)\b))(?:\s[\w-]+)*\s*(?:$|[.,;!](?!\d))|\b(?:fresh|new) pods for\b|\bneeds? (?:fresh|new) pods\b|\b(?:fresh|clean) start\b|새로\s?(?:시작|출발)|\bturn(?:ed)? (?:it|them|\S+) off and (?:back )?on\b|\bhave you tried turning\b|(?:껐다|내렸다|죽였다)\s?(?:다시\s)?(?:켜|올려|올리|살려)|다시\s?(?:띄워|띄우|올려|시작)|파드[를들]*\s?(?:\S+\s)?(?:새로|갈아)/i;

/** Replaces the pods of workloads, a few at a time. */
export const restartIntent: Intent = {
	name: 'restart',
	async understand(clause, world, talk) {
		// A change of the template restarts by itself: `set X=1 and restart`.
		if (!(spokenNearly(clause, restarting) || rolls.test(clause.text)) || pairsIn(clause).length > selectingPairs(clause).length)
			return undefined;
		const targets = await targetsIn({clause, world, talk}, restartableKinds);
		if (isQuestion(targets)) return targets;
		if (targets.length === 0) return undefined;
		return allOf(
			targets.map(target => ({
				said: inLanguage(clause, `Restart ${refText(refOf(target))}`, `${refText(refOf(target))} 재시작`),
				calls: [{tool: 'workload_restart', input: {workload: workloadText(target), ...inNamespace(target)}}],
			})),
		);
	},
};
