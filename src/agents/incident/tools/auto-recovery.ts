import * as z from 'zod';
import {faultClassOf} from '../../../analysis/diagnosis/classes/fault-classes.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {gravestFirst} from '../../../core/consequences/gravest-first.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Draft} from '../../../core/plan.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {durationUpTo} from '../../deploy/duration.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import type {RecoveryPorts} from '../ports.ts';
import {chooseWay} from '../recovery/choose-way.ts';
import {couldName, incidentsNamed, noSuchIncident} from '../recovery/find-incident.ts';
import {lookAt} from '../recovery/look.ts';
import {mend} from '../recovery/mend.ts';
import {remedyDraft} from '../recovery/remedy-draft.ts';
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
});

export const autoRecovery = changeTool({
	name: 'auto_recovery',
	summary: 'Mends one incident by its remedy, and looks again until its cause is gone and what it hurt is well',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'fix'],
	positionals: ['incident'],
	input: z.object({
		incident: checkedText(1000, /^[^\p{Cc}]*$/u, 'expected a key, a class or KIND/NAME')
			.default('')
			.describe('Its key or class, or KIND/NAME; the gravest with a sure remedy if left out'),
		namespace: deploymentInput.shape.namespace.describe('Namespace to look at; all of them if left out'),
		choice: checkedText(300, /^[^\p{Cc}]+$/u, 'expected a number or words of a remedy')
			.optional()
			.describe('Which remedy, by number or words, where the objects do not tell'),
		deadline: durationUpTo('1h').default('2m').describe('How long it is watched afterwards'),
	}),
	resolved,
	output: recoverySchema,
	text: recoveryText,

	async plan({incident: asked, namespace, choice, deadline}, context: Context<RecoveryPorts>) {
		const {detection} = await lookAt(namespace, context);
		const where = namespace === undefined ? 'this cluster' : `namespace ${namespace}`;
		const [first, ...others] = incidentsNamed(detection.incidents, asked);
		if (first === undefined) {
			if (asked !== '' && !couldName(asked)) throw noSuchIncident(detection.incidents, asked, where);
			return nothingWrong(asked, where, {namespace, deadline});
		}
		const {incident, way} = chooseWay([first, ...others], choice);
		const {cause} = incident;
		const {tool, draft} = await remedyDraft(way.remedy, context);
		const text = oneLine(way.remedy.text.en);
		const home = cause.resource.namespace ?? namespace;
		const {title} = faultClassOf(cause.id);
		return {
			...draft,
			input: {
				incident: incident.key,
				fault: cause.id,
				remedy: text,
				...(tool === undefined ? {} : {tool, call: JSON.stringify(draft.input)}),
				...(home === undefined ? {} : {namespace: home}),
				deadline,
			},
			summary: `${text}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
			consequences: gravestFirst([
				...draft.consequences,
				{id: 'cause', severity: 'info', text: `Against ${cause.id}: ${oneLine(cause.cause.en)}`, ref: cause.resource},
			]),
			verify: [
				`The cause is looked for again for ${deadline} at most: it must be gone, and ${refText(cause.resource)} and what it hurt well`,
			],
		};
	},

	apply: mend,
});

/** A plan without steps: there is nothing to mend. */
const nothingWrong = (
	asked: string,
	where: string,
	rest: {readonly namespace: string | undefined; readonly deadline: string},
): Draft<z.output<typeof resolved>> => ({
	input: {
		incident: asked,
		fault: '',
		remedy: '',
		...(rest.namespace === undefined ? {} : {namespace: rest.namespace}),
		deadline: rest.deadline,
	},
	summary: asked === '' ? `nothing is found wrong in ${where}` : `${asked} is not found in ${where}`,
	risk: {level: 'low', reasons: []},
	steps: [],
	changes: [],
	consequences: [],
	preconditions: [],
	verify: [],
	undo: {possible: false, how: 'Nothing is done'},
});
