import * as z from 'zod';
import type {Incident} from '../../analysis/detection/incident.ts';
import type {Remedy} from '../../analysis/diagnosis/cause.ts';
import {faultClassOf} from '../../analysis/diagnosis/classes/fault-classes.ts';
import {refSchema} from '../../core/kube/ref-schema.ts';
import {oneLine} from '../../core/text/one-line.ts';

export const remedySchema = z.object({tool: z.string(), input: z.record(z.string(), z.json()), text: z.string()});

/** An incident as it is answered: a finding with its field, what it shows in and what it hits. */
export const incidentSchema = z.object({
	/** Class of the fault, such as `selector-fits-no-pod`. */
	id: z.string(),
	/** Names it for as long as it lasts; `incident fix` takes it. */
	key: z.string(),
	family: z.string(),
	status: z.literal('fail'),
	severity: z.enum(['low', 'medium', 'high', 'critical']),
	resource: refSchema,
	/** The field that is wrong, list items by their names. */
	path: z.string().optional(),
	cause: z.string(),
	evidence: z.array(z.object({source: z.string(), detail: z.string()})),
	symptoms: z.array(z.object({resource: refSchema, text: z.string()})),
	impact: z.array(refSchema),
	/** The one that the objects themselves tell, or the only one there is. */
	remedy: remedySchema.optional(),
	/** All of them, where there are several: a person chooses. */
	choices: z.array(remedySchema).optional(),
	noRemedy: z.string().optional(),
});
export type ToldIncident = z.output<typeof incidentSchema>;

/** More objects than this that an incident hits are counted elsewhere. */
const mostImpact = 50;

/** The input is JSON: optional fields make its type wider than what the schema tells. */
const toldRemedy = ({tool, input, text}: Remedy) => ({tool, input: input as Record<string, z.core.util.JSONType>, text: oneLine(text.en)});

/** An incident in words of one language, with no object of the cluster in it. */
export function toldIncident({key, family, severity, cause, symptoms, impact}: Incident): ToldIncident {
	const {remedies} = cause;
	const sure = remedies.filter(each => each.sure);
	const one = remedies.length === 1 ? remedies[0] : sure.length === 1 ? sure[0] : undefined;
	const none = cause.noRemedy?.en ?? faultClassOf(cause.id).noRemedy ?? 'How it should be nobody can tell from the objects';
	return {
		id: cause.id,
		key,
		family,
		status: 'fail',
		severity,
		resource: cause.resource,
		...(cause.path === undefined ? {} : {path: cause.path}),
		cause: oneLine(cause.cause.en),
		evidence: cause.evidence.map(({source, detail}) => ({source: oneLine(source), detail: oneLine(detail)})),
		symptoms: symptoms.map(({resource, text}) => ({resource, text: oneLine(text)})),
		impact: impact.slice(0, mostImpact),
		...(one === undefined ? {} : {remedy: toldRemedy(one)}),
		...(remedies.length > 1 ? {choices: remedies.map(toldRemedy)} : {}),
		...(remedies.length === 0 ? {noRemedy: oneLine(none)} : {}),
	};
}
