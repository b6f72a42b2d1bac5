import type {Stage} from '../../../../../analysis/canary/stages.ts';
import type {Act, Script, Wait} from '../../../staged/act.ts';
import type {CanaryStory} from '../canary-story.ts';

/** What every stage ends with: it is judged, and where the person asked for it, it stands until somebody promotes. */
export function judgeActs({stable, interval, judgedBy, pauseAt}: CanaryStory, stage: Stage, ifDies: string): readonly Act[] {
	const {name, namespace = ''} = stable.metadata;
	const percent = `${(stage.share * 100).toFixed(0)} %`;
	const judged = stage.share === 0 ? 'what it makes of the copies' : `${percent} of the traffic`;
	const judge: Act = {
		title: `Judge ${judged} for ${interval} by ${judgedBy}`,
		writes: [],
		wait: {kind: 'judge', weight: stage.weight, share: stage.share, pods: stage.canary},
		ifDies,
	};
	const hold: Act = {
		title: `Stay at ${percent} until somebody promotes`,
		writes: [],
		wait: {kind: 'hold', why: `Standing at ${percent} until mkcoa deploy promote ${name} -n ${namespace}`},
		ifDies,
	};
	return pauseAt.includes(stage.weight) ? [judge, hold] : [judge];
}

/** The stages of a script that are judged, in order. */
export const judgedStages = ({acts}: Script): readonly Extract<Wait, {kind: 'judge'}>[] =>
	acts.flatMap(({wait}) => (wait?.kind === 'judge' ? [wait] : []));
