import {MkcoaError} from '../../../core/error.ts';
import {podNeeds} from '../../../core/kube/pod-needs.ts';
import type {Consequence} from '../../../core/plan.ts';
import {someOf} from '../../../core/text/count.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {isolate, takeOut} from './isolate.ts';
import {type Measure, measures, measureWords, type NotTaken, type Taken} from './measure.ts';
import {revokeRights, revokeTokens} from './rights.ts';
import {cordonNodes, stop} from './stop.ts';
import type {ResponseSubject} from './subject.ts';

/** What is done first, where nobody says what: what can be taken back and leaves the pods as they are. */
const usual: {readonly [kind in ResponseSubject['kind']]: readonly Measure[]} = {
	pod: ['isolate'],
	workload: ['isolate'],
	node: ['cordon'],
	holder: ['revoke-rights'],
};

/** The measures of one response, the least destructive first; with what the subject does not allow. */
export type Response = {readonly taken: readonly Taken[]; readonly not: readonly NotTaken[]; readonly further: readonly Measure[]};

const excluded = () =>
	new MkcoaError({
		kind: 'usage',
		code: 'measures-exclude-each-other',
		what: 'take-out and stop exclude each other',
		why: 'the one keeps the pods for a look, the other ends them',
		next: 'Leave one of them out; stop them later',
	});

/** @param asked none: what is usual for the subject */
export async function chooseMeasures(cluster: Cluster, subject: ResponseSubject, asked: readonly Measure[]): Promise<Response> {
	if (asked.includes('take-out') && asked.includes('stop')) throw excluded();
	const wanted = asked.length === 0 ? usual[subject.kind] : asked;
	const ordered = measures.filter(measure => wanted.includes(measure));
	const chosen = await Promise.all(ordered.map(measure => oneMeasure(cluster, subject, measure, wanted.includes('take-out'))));
	const taken = chosen.filter(each => 'writes' in each);
	return {
		taken,
		not: chosen.filter((each): each is NotTaken => 'why' in each),
		further: furtherFor(subject).filter(measure => !ordered.includes(measure)),
	};
}

function oneMeasure(
	cluster: Cluster,
	subject: ResponseSubject,
	measure: Measure,
	takesOut: boolean,
): Promise<Taken | NotTaken> | Taken | NotTaken {
	switch (measure) {
		case 'isolate':
			return isolate(cluster, subject, takesOut);
		case 'take-out':
			return takeOut(subject);
		case 'cordon':
			return cordonNodes(subject);
		case 'revoke-rights':
			return revokeRights(cluster, subject);
		case 'revoke-tokens':
			return revokeTokens(cluster, subject);
		case 'stop':
			return stop(subject);
	}
}

const furtherFor = ({kind, holder}: ResponseSubject): readonly Measure[] => {
	const rights: readonly Measure[] = holder?.kind === 'ServiceAccount' ? ['revoke-rights', 'revoke-tokens'] : ['revoke-rights'];
	if (kind === 'holder') return rights;
	return kind === 'node' ? ['cordon'] : ['isolate', 'take-out', 'cordon', ...rights, 'stop'];
};

/** Whoever had the pods had these: only who issued them can make others. */
export function exposedSecrets({kind, pods}: ResponseSubject): readonly Consequence[] {
	if (kind !== 'pod' && kind !== 'workload') return [];
	const named = pods.flatMap(({metadata, spec}) =>
		podNeeds(spec ?? {}).flatMap(({kind: needs, name}) => (needs === 'Secret' ? [`${metadata.namespace}/${name}`] : [])),
	);
	const secrets = [...new Set(named)].sort();
	if (secrets.length === 0) return [];
	return [
		{
			id: 'secrets-to-rotate',
			severity: 'warning',
			text: `The pods could read ${secrets.length === 1 ? 'Secret' : 'Secrets'} ${someOf(secrets, 6)}: have them issued anew, and set them with mkcoa deploy secret`,
		},
	];
}

/** `then, if it goes on: take-out (…)` */
export const furtherText = (further: readonly Measure[]) => further.map(measure => `${measure}: ${measureWords[measure]}`);
