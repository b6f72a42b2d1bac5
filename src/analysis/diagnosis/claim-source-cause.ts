import type {Json} from '../../core/json.ts';
import {objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {claimAnew} from './claim-anew.ts';
import {changeEvidence} from './last-write.ts';
import {meantName} from './reference-causes.ts';

/** What a claim is to be filled from. The server writes the older field beside the newer one. */
type Source = {readonly field: 'dataSource' | 'dataSourceRef'; readonly value: Json; readonly kind: string; readonly name: string};

function sourceOf(claim: KubeObject): Source | undefined {
	const [field] = (['dataSourceRef', 'dataSource'] as const).filter(each => valueAt(claim, 'spec', each) !== undefined);
	const value = field === undefined ? undefined : valueAt(claim, 'spec', field);
	const [kind, name] = [textAt(value, 'kind'), textAt(value, 'name')];
	// What lies in another namespace was not looked at.
	const isNear = [undefined, '', claim.metadata.namespace].includes(textAt(value, 'namespace'));
	return field === undefined || value === undefined || kind === undefined || name === undefined || !isNear
		? undefined
		: {field, value, kind, name};
}

/** What whoever makes the volume says of a source that it looked for. */
const isAbsent = (message: string, name: string) => message.includes(name) && /\bnot found\b|does ?n.t exist|does not exist/i.test(message);

/** Who tells that a source is not there: the names of claims, or for other kinds the word of the provisioner. */
function absence(claim: KubeObject, {kind, name}: Source, {scene, events}: Case): string | undefined {
	if (kind === 'PersistentVolumeClaim') {
		const claims = ofKind(scene, kind);
		const isThere = isUnread(scene, kind) || claims.some(({metadata}) => metadata.name === name);
		return isThere
			? undefined
			: `there is ${
					claims
						.filter(each => each !== claim)
						.map(({metadata}) => metadata.name)
						.join(', ') || 'no other claim'
				}`;
	}
	const said = events
		.filter(event => textAt(event, 'involvedObject', 'name') === claim.metadata.name && textAt(event, 'type') === 'Warning')
		.map(event => textAt(event, 'message') ?? '');
	return said.findLast(message => isAbsent(message, name));
}

const digitsOf = (text: string) => text.replaceAll(/\D/g, '');

/** The claim of a near name: what it is filled from is written in both fields where both are there. */
function nearRemedies(claim: KubeObject, {kind, name, value}: Source, {scene}: Case): readonly Remedy[] {
	const full = ofKind(scene, 'PersistentVolumeClaim').filter(each => textAt(each, 'status', 'phase') === 'Bound');
	const meant =
		kind === 'PersistentVolumeClaim'
			? meantName(
					name,
					full.map(({metadata}) => metadata.name),
				)
			: undefined;
	if (meant === undefined) return [];
	const to = {...objectAt({value}, 'value'), name: meant};
	const spec = objectAt(claim, 'spec');
	const changed = Object.fromEntries(
		(['dataSource', 'dataSourceRef'] as const).flatMap(each => (spec[each] === undefined ? [] : [[each, to]])),
	);
	// Of numbered claims each has data of its own: `backup-3` is no slip of `backup-4`.
	const sure = digitsOf(meant) === digitsOf(name);
	return claimAnew(claim, changed, {sure, what: `the data of ${meant}`});
}

/** A claim that waits for what it is to be filled from, which is gone. Undefined where it has none or that is there. */
export function claimSourceCause(claim: KubeObject, given: Case): Cause | undefined {
	const source = sourceOf(claim);
	const told = source === undefined ? undefined : absence(claim, source, given);
	if (source === undefined || told === undefined) return undefined;
	const [name, from] = [refText(refOf(claim)), `${source.kind} ${claim.metadata.namespace}/${source.name}`];
	return {
		id: 'claim-source-not-there',
		lacks: from,
		resource: refOf(claim),
		path: `spec.${source.field}.name`,
		cause: {
			en: `${name} is to be filled from ${from}, which does not exist: nobody makes its volume`,
			ko: `${name}을(를) 채울 ${from}이(가) 없어 볼륨이 만들어지지 않습니다`,
		},
		evidence: [
			{source: name, detail: `${source.field} ${source.kind} ${source.name}, ${textAt(claim, 'status', 'phase') ?? 'Pending'}`},
			{source: source.kind === 'PersistentVolumeClaim' ? 'PersistentVolumeClaims' : `Event of ${name}`, detail: shortLine(told, 300)},
			...changeEvidence(claim),
		],
		remedies: nearRemedies(claim, source, given),
	};
}
