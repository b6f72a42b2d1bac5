import * as z from 'zod';
import {faultClassOf} from '../../../analysis/diagnosis/classes/fault-classes.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {gravestFirst} from '../../../core/consequences/gravest-first.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Draft} from '../../../core/plan.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {durationUpTo} from '../../deploy/duration.ts';
import type {RecoveryPorts} from '../ports.ts';
import {chooseWays} from '../recovery/choose-way.ts';
import {
	couldName,
	incidentField,
	incidentsNamed,
	isAskedFor,
	namespaceField,
	namespaceOfKey,
	noSuchIncident,
	writtenOut,
} from '../recovery/find-incident.ts';
import {withHeldPods} from '../recovery/held-pods.ts';
import type {Look} from '../recovery/look.ts';
import {lookTwice} from '../recovery/look-twice.ts';
import {mend} from '../recovery/mend.ts';
import {firstDraft} from '../recovery/remedy-draft.ts';
import {wayBack} from '../recovery/way-back.ts';
import {recoverySchema, recoveryText} from '../recovery-output.ts';

const resolved = z.object({
	/** Key of the incident; empty where nothing is wrong. */
	incident: z.string(),
	/** Class of the fault, for policies. */
	fault: z.string(),
	remedy: z.string(),
	/** The tool that the remedy calls; absent where its writes are its own. */
	tool: z.string().optional(),
	/** What that tool resolved its input to, as JSON. */
	call: z.string().optional(),
	namespace: z.string().optional(),
	deadline: z.string(),
	/** Whether the plan takes itself back where it got worse. */
	undoIfWorse: z.boolean(),
});

export const autoRecovery = changeTool({
	name: 'auto_recovery',
	summary: 'Mends one incident by its remedy, and looks again until its cause is gone and what it hurt is well',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'fix'],
	positionals: ['incident'],
	input: z.object({
		incident: incidentField('the gravest with a sure remedy if left out'),
		namespace: namespaceField,
		choice: checkedText(300, /^[^\p{Cc}]+$/u, 'expected a number or words of a remedy')
			.optional()
			.describe('Which remedy, by number or words, where the objects do not tell'),
		deadline: durationUpTo('1h').default('2m').describe('How long it is watched afterwards'),
		undoIfWorse: z.boolean().default(false).describe('Takes it back by itself if it got worse'),
	}),
	resolved,
	output: recoverySchema,
	text: recoveryText,

	async plan({incident: said, namespace, choice, deadline, undoIfWorse}, context: Context<RecoveryPorts>) {
		const asked = await writtenOut(said, context.ports.cluster);
		const isFound = ({detection: {incidents}}: Look) => incidentsNamed(incidents, asked).some(({severity}) => severity !== 'low');
		const {detection, survey} = await lookTwice(
			namespace ?? namespaceOfKey(asked),
			{isFound, isMeant: ref => isAskedFor(asked, ref)},
			context,
		);
		const where = namespace === undefined ? 'this cluster' : `namespace ${namespace}`;
		const [first, ...others] = incidentsNamed(detection.incidents, asked);
		if (first === undefined) {
			if (asked !== '' && !couldName(asked, survey)) throw noSuchIncident(detection.incidents, asked, where);
			return nothingWrong(asked, where, {namespace, deadline, undoIfWorse});
		}
		const {tool, draft: made, chosen} = await firstDraft(chooseWays([first, ...others], choice), context);
		const {incident, way} = chosen;
		const {cause} = incident;
		const draft = await withHeldPods(context.ports.cluster, made);
		const back = undoIfWorse ? await wayBack(context.ports.cluster, draft) : [];
		const text = oneLine(way.remedy.text.en);
		const home = cause.resource.namespace ?? namespace;
		const {title} = faultClassOf(cause.id);
		return {
			...draft,
			steps: [...draft.steps, ...back],
			input: {
				incident: incident.key,
				fault: cause.id,
				remedy: text,
				...(tool === undefined ? {} : {tool, call: JSON.stringify(draft.input)}),
				...(home === undefined ? {} : {namespace: home}),
				deadline,
				undoIfWorse,
			},
			summary: `${text}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
			consequences: gravestFirst([
				{id: 'cause', severity: 'info', text: `Against ${cause.id}: ${oneLine(cause.cause.en)}`, ref: cause.resource},
				...draft.consequences,
			]),
			verify: [`Looked at for ${deadline} at most: ${cause.id} is gone, ${refText(cause.resource)} and what it hurt are well`],
		};
	},

	apply: mend,
});

/** A plan without steps: there is nothing to mend. */
const nothingWrong = (
	asked: string,
	where: string,
	rest: {readonly namespace: string | undefined; readonly deadline: string; readonly undoIfWorse: boolean},
): Draft<z.output<typeof resolved>> => ({
	input: {
		incident: asked,
		fault: '',
		remedy: '',
		...(rest.namespace === undefined ? {} : {namespace: rest.namespace}),
		deadline: rest.deadline,
		undoIfWorse: rest.undoIfWorse,
	},
	summary: asked === '' ? `nothing is found wrong in ${where}` : `nothing is found wrong with ${asked} in ${where}`,
	risk: {level: 'low', reasons: []},
	steps: [],
	changes: [],
	consequences: [],
	preconditions: [],
	verify: [],
	undo: {possible: false, how: 'Nothing is done'},
});
