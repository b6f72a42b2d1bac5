import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {trackLabel} from '../../../deploy/track-label.ts';
import type {Clause} from '../../clause.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {spoken} from '../../words/spoken.ts';
import {inLanguage} from '../asking.ts';
import {versionIn} from '../image/version-words.ts';
import {isQuestion, targetsIn} from '../targets.ts';
import {stepsIn} from './canary-steps.ts';
import {shareIn} from './canary-words.ts';

type Verb = {readonly tool: string; readonly words: string; readonly english: string; readonly korean: string};

/** A pause before the others: `일시 중지` holds a word of abort. */
const verbs: readonly Verb[] = [
	{tool: 'deployment_pause', words: 'pause hold 일시중지 일시정지 멈춰 멈추', english: 'Pause the rollout of', korean: '롤아웃 일시 중지'},
	{tool: 'deployment_resume', words: 'resume continue unpause 재개 계속', english: 'Go on with the rollout of', korean: '롤아웃 재개'},
	{tool: 'deployment_promote', words: 'promote 승격 프로모트', english: 'Promote the rollout of', korean: '롤아웃 승격'},
	{tool: 'deployment_abort', words: 'abort cancel stop 중단 취소', english: 'Take back the rollout of', korean: '롤아웃 중단'},
];

const speaksOfRollout = (clause: Clause) => spoken(clause, 'canary rollout blue-green 카나리 카나리아 롤아웃 블루그린');

/** The canary beside a workload is spoken of by the workload's own name. */
const stableName = ({metadata: {name, labels}}: KubeObject) => (labels?.[trackLabel] === 'canary' ? name.replace(/-canary$/, '') : name);

/** What is done with a rollout that goes on: `abort the canary of web`, `promote web`. One with a version or a share begins another. */
export const rolloutVerbIntent: Intent = {
	name: 'rollout that goes on',
	async understand(clause, world, talk): Promise<Understanding | undefined> {
		const joined = clause.text.replace(/일시\s+(?=중지|정지)/, '일시');
		const verb = verbs.find(
			({words}) => spoken(clause, words) || words.split(' ').some(word => /[가-힣]{3}/.test(word) && joined.includes(word)),
		);
		if (verb === undefined || !(speaksOfRollout(clause) || verb.tool === 'deployment_promote')) return undefined;
		if (versionIn(clause) !== undefined || shareIn(clause) !== undefined || stepsIn(clause) !== undefined) return undefined;
		const targets = await targetsIn({clause, world, talk}, ['Deployment']);
		if (isQuestion(targets)) return targets;
		const [workload] = targets;
		const names = new Set(targets.map(stableName));
		if (workload === undefined || names.size !== 1) return undefined;
		const {namespace} = workload.metadata;
		const name = stableName(workload);
		const title = refText({...refOf(workload), name});
		return {
			kind: 'calls',
			said: inLanguage(clause, `${verb.english} ${title}`, `${title} ${verb.korean}`),
			calls: [{tool: verb.tool, input: {name, ...(namespace === undefined ? {} : {namespace})}}],
		};
	},
};
