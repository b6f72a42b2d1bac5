import * as z from 'zod';

const verbs = ['read', 'change', 'destructive'] as const;

const namespacePattern = z
	.string()
	.max(63)
	.regex(/^[a-z0-9*?]([-a-z0-9*?]*[a-z0-9*?])?$/, 'expected a namespace, or a pattern of one with * and ?');

const roleSchema = (toolsets: readonly string[]) =>
	z.strictObject({
		name: z
			.string()
			.max(100)
			.regex(/^[\w.@-]+$/, 'expected letters, digits and .@_-'),
		/** Whose it is: names of keys and tokens, `group:NAME`, and patterns with `*`. */
		principals: z.array(z.string().min(1).max(300)).min(1),
		/** All if left out. */
		toolsets: z.array(z.enum(toolsets)).min(1).optional(),
		/** Namespaces in which objects may be touched; patterns know `*` and `?`. */
		namespaces: z.array(namespacePattern).max(100).default([]),
		verbs: z.array(z.enum(verbs)).min(1).default(['read']),
		/** Whether it is for objects that are in no namespace, too: nodes, cluster roles, volumes, the namespaces themselves. */
		clusterScoped: z.boolean().default(false),
		/** Whether Prometheus may be asked, which knows of all namespaces. */
		metrics: z.boolean().default(false),
	});

/** What somebody may do who calls from outside: one line of the roles file. */
export type Role = z.output<ReturnType<typeof roleSchema>>;

/** A file of roles. @param toolsets names that there are */
export const rolesSchema = (toolsets: readonly string[]) =>
	z
		.strictObject({version: z.literal(1).default(1), roles: z.array(roleSchema(toolsets)).max(500).default([])})
		.superRefine(({roles}, context) => {
			for (const [index, {name}] of roles.entries())
				if (roles.findIndex(each => each.name === name) < index)
					context.addIssue({code: 'custom', path: ['roles', index, 'name'], message: `${name} is the name of two roles`});
		});

const groupPrefix = 'group:';

/** Unlike patterns of policy, those of principals mind the case: two accounts may differ by nothing else. */
function isNamed(pattern: string, name: string): boolean {
	const source = pattern.split(/\*+/).map(RegExp.escape).join('.*');
	return new RegExp(`^${source}$`, 's').test(name);
}

/** The roles of somebody, by his name and the groups that his token tells. A name that looks like a group is none. */
export const rolesOf = (roles: readonly Role[], principal: string, groups: readonly string[]): readonly Role[] =>
	roles.filter(({principals}) =>
		principals.some(each =>
			each.startsWith(groupPrefix)
				? groups.some(group => isNamed(each.slice(groupPrefix.length), group))
				: !principal.startsWith(groupPrefix) && isNamed(each, principal),
		),
	);
