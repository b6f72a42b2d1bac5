import * as z from 'zod';
import {danglingIds} from '../../../analysis/access/dangling.ts';
import type {Finding} from '../../../core/finding.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {type Unchecked, uncheckedSchema, unseenFinding} from '../../../core/unchecked.ts';

export const questions = ['who', 'what', 'covers', 'paths', 'unused', 'role', 'links'] as const;

const texts = z.array(z.string());

const grantSchema = z.object({
	holder: z.string(),
	role: z.string(),
	binding: z.string(),
	/** Where it holds; everywhere if left out. */
	namespace: z.string().optional(),
	/** The only objects for which it holds. */
	names: texts.optional(),
	rules: texts.optional(),
	/** What no request of the audit log used. */
	unused: texts.optional(),
});

const stepSchema = z.object({
	...{from: z.string(), to: z.string(), how: z.string(), by: texts},
	/** What it takes beside rights. */
	assumes: z.string().optional(),
});

export const accessSchema = z.object({
	...{context: z.string(), question: z.enum(questions), answer: z.string()},
	verdict: z.enum(['yes', 'no', 'some']).optional(),
	grants: z.array(grantSchema),
	/** Rights that are not covered, each in its smallest part. */
	missing: texts,
	paths: z.array(z.object({holder: z.string(), isAdmin: z.boolean(), steps: z.array(stepSchema)})),
	role: z
		.object({
			manifest: z.string(),
			rules: texts,
			/** Both are empty where the role allows each request and nothing else. */
			...{refused: texts, beyond: texts},
			/** A tool call that applies it. */
			plan: z.object({tool: z.string(), input: z.object({manifest: z.string()})}),
		})
		.optional(),
	identities: z.array(
		z.object({cloud: z.string(), direction: z.enum(['in', 'out']), identity: z.string(), holders: texts, source: z.string()}),
	),
	/** Bindings that name what is not there. */
	dangling: z.array(
		z.object({
			...{id: z.enum(danglingIds), severity: z.enum(['low', 'medium']), object: refSchema, path: z.string(), cause: z.string()},
		}),
	),
	leftOut: z.number(),
	notes: texts,
	notChecked: z.array(uncheckedSchema),
});
export type Access = z.output<typeof accessSchema>;

/** What an answer holds beside its sentence; what a question does not ask for is empty. */
export type Told = Pick<Access, 'answer'> &
	Partial<Omit<Access, 'context' | 'question' | 'answer' | 'notChecked'>> & {readonly notChecked?: readonly Unchecked[]};

export const told = (context: string, question: Access['question'], {notChecked = [], ...own}: Told): Access => ({
	...{context, question, grants: [], missing: [], paths: [], identities: [], dangling: [], leftOut: 0, notes: []},
	notChecked: [...notChecked],
	...own,
});

/** Ways to cluster-admin, what nobody uses and bindings that name nothing. */
export const accessFindings = ({paths, dangling, grants, question, notChecked}: Access): readonly Finding[] => [
	...paths.map(
		({holder, isAdmin, steps}): Finding => ({
			...{id: isAdmin ? 'is-cluster-admin' : 'path-to-cluster-admin', status: 'fail', severity: isAdmin ? 'medium' : 'high'},
			cause: isAdmin
				? `${holder} is as good as cluster-admin`
				: `${holder} can become cluster-admin in ${steps.length === 1 ? 'one step' : `${steps.length} steps`}`,
			evidence: steps.map(({from, to, how, by}) => ({source: by.join(', ') || from, detail: `${from} ${how}: ${to}`})),
			noRemedy: 'Take the grant of one of its steps away, or give a least role: mkcoa security access role',
		}),
	),
	...dangling.map(
		({id, severity, object, path, cause}): Finding => ({
			...{id, status: 'fail', severity, resource: object, path, cause, evidence: []},
			noRemedy: 'Delete the binding, or create what it names',
		}),
	),
	...(question === 'unused' ? grants : []).map(
		({holder, role, binding, unused = []}): Finding => ({
			...{id: 'unused-grant', status: 'fail', severity: 'low', cause: `${holder} did not use all of ${role}`},
			evidence: [{source: binding, detail: unused.join('; ')}],
			noRemedy: 'Give a least role in its place: mkcoa security access role',
		}),
	),
	...notChecked.map(unseenFinding),
];
