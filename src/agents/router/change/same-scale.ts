import {numberAt} from '../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Intent} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {allOf, inLanguage} from './asking.ts';
import {inNamespace, isQuestion, scalableKinds, targetsIn, workloadText} from './targets.ts';

const pods = '(?:pods?|replicas?|instances?|copies)';
/** Where a request says whose number of pods is wanted: `as many pods as web`, `web만큼`. */
const sources: readonly RegExp[] = [
	new RegExp(`\\bas many ${pods} as (?<source>\\S.*)$`, 'is'),
	new RegExp(`\\b(?:the )?same (?:number|count|amount|size|scale)(?: of ${pods})? (?:as|like) (?<source>\\S.*)$`, 'is'),
	/\b(?:the )?same (?:replicas|replica count|number of replicas) (?:as|like) (?<source>\S.*)$/is,
	new RegExp(
		`\\b(?:to )?(?:match|mirror|follow) (?:the )?(?:${pods}|replica count|size|number|count)(?: count)? of (?<source>\\S.*)$`,
		'is',
	),
	/(?<source>(?:[\w.-]+\s?(?:네임스페이스)?(?:에|에서|의)\s?(?:[가-힣]+\s)*)?[\w.-]+)(?:\s?디플로이먼트)?(?:와|과|랑|이랑|하고)\s(?:레플리카\s?|파드\s?)?(?:수를?\s?|개수를?\s?)?(?:같은\s?(?:수|개수|레플리카)[가-힣]*|똑같이|똑같은\s?(?:수|개수)[가-힣]*|동일하게|같게)/s,
	/(?<source>(?:[\w.-]+\s?(?:네임스페이스)?(?:에|에서|의)\s?)?[\w.-]+)만큼/s,
];
const speaks =
	/\b(?:pods?|replicas?|instances?|copies|scale[ds]?|size|number)\b|레플리카|파드|스케일|개수|(?<![가-힣])수(?:를|는|도)?\s|늘|줄/i;

/** Gives a workload as many pods as another one has now. */
export const sameScaleIntent: Intent = {
	name: 'same scale',
	async understand(clause, world, talk) {
		const found = sources.map(pattern => pattern.exec(clause.text)).find(one => one !== null);
		const source = found?.groups?.source;
		if (found === undefined || source === undefined || !speaks.test(clause.text)) return undefined;
		const alone = {...talk, clauses: [], index: 0};
		const [like, targets] = await Promise.all(
			[source, clause.text.replace(found[0], ' ')].map(text => targetsIn({clause: clauseOf(text), world, talk: alone}, scalableKinds)),
		);
		if (like === undefined || targets === undefined) return undefined;
		if (isQuestion(like)) return like;
		if (isQuestion(targets)) return targets;
		const [one, ...others] = like;
		if (one === undefined || others.length > 0 || targets.length === 0) return undefined;
		const replicas = numberAt(one, 'spec', 'replicas') ?? 1;
		return allOf(
			targets.map(target => ({
				said: inLanguage(
					clause,
					`Scale ${refText(refOf(target))} to ${replicas}, as ${refText(refOf(one))}`,
					`${refText(refOf(target))} 레플리카를 ${refText(refOf(one))}처럼 ${replicas}개로`,
				),
				calls: [{tool: 'workload_scale', input: {workload: workloadText(target), replicas, ...inNamespace(target)}}],
			})),
		);
	},
};
