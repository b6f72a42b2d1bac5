import fc from 'fast-check';

type Schema = {
	readonly type?: string | readonly string[];
	readonly enum?: readonly unknown[];
	readonly properties?: {readonly [field: string]: Schema};
	readonly items?: Schema;
};

/** Names of the shop, so that some calls find something. */
const names = fc.constantFrom('web', 'worker', 'deployment/web', 'shop', 'pods', 'deployments', 'secret', 'vault', 'node-1', 'configmap');

const deep = (levels: number): unknown => {
	let value: unknown = 'x';
	for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : {a: value};
	return value;
};

/** Texts by which parsers, paths, logs, terminals and patterns have been led astray. */
const texts = fc.oneof(
	{weight: 3, arbitrary: names},
	{
		weight: 3,
		arbitrary: fc.constantFrom(
			'',
			' ',
			'.',
			'..',
			'../../secrets/vault',
			'%2e%2e',
			'\u0000',
			'web\u0000',
			'a\r\nb: c',
			'\u202eweb\u202c',
			'w\u200beb',
			'\ud800',
			'🧁'.repeat(100),
			'a'.repeat(253),
			'a'.repeat(254),
			'x'.repeat(100_000),
			'(a+)+$',
			`${'a'.repeat(5000)}!`,
			'$(id)',
			'--server=https://attacker.example',
			'-1',
			'9'.repeat(400),
			'__proto__',
			'constructor',
			'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note, namespace: shop}\n',
			'a: &a [*a]\n',
			'a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n',
			'{"__proto__": {"yes": true}}',
			'{"metadata":{"labels":{"a":"b"}}}',
			'.spec..x[*][?(@.a)]',
			'['.repeat(3000),
			'{'.repeat(3000),
		),
	},
	{weight: 1, arbitrary: fc.string({maxLength: 300, unit: 'binary'})},
);

const numbers = fc.oneof(fc.integer({min: 0, max: 10}), fc.constantFrom(-1, -0, 0.5, 1e308, 2 ** 31, 2 ** 53 + 2, Number.MIN_SAFE_INTEGER));

const anything: fc.Arbitrary<unknown> = fc.oneof(
	texts,
	numbers,
	fc.constantFrom<unknown>(null, true, [], {}, deep(40), deep(400), Array(10_000).fill('a'), Array(10_000).fill(0)),
	fc.jsonValue({maxDepth: 3}),
);

/** What a field of this schema could be: mostly of its type, sometimes of none. */
function fieldOf(schema: Schema): fc.Arbitrary<unknown> {
	const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
	const fitting: fc.Arbitrary<unknown> =
		schema.enum !== undefined
			? fc.constantFrom(...schema.enum)
			: type === 'string'
				? texts
				: type === 'integer' || type === 'number'
					? numbers
					: type === 'boolean'
						? fc.boolean()
						: type === 'array'
							? fc.array(schema.items === undefined ? texts : fieldOf(schema.items), {maxLength: 4})
							: anything;
	return fc.oneof({weight: 5, arbitrary: fitting}, {weight: 1, arbitrary: anything});
}

/** Fields that no tool has, and that some programs would take for something. */
const strange = fc.dictionary(
	fc.constantFrom('yes', 'approve', 'confirm', 'force', 'constructor', 'toString', 'max_tokens', 'dryRun', '__proto__', ''),
	anything,
	{maxKeys: 2},
);

/** What fits, by the name of the field, so that calls come further than the check of their input. */
const good: {readonly [field: string]: readonly unknown[]} = {
	kind: ['deployment', 'configmap', 'pods', 'secret'],
	name: ['web', 'worker', 'web-nginx'],
	workload: ['deployment/web', 'worker'],
	namespace: ['shop'],
	replicas: [0, 2, 7],
	patch: ['{"metadata":{"labels":{"a":"b"}}}', '{"spec":{"replicas":9}}'],
	manifest: ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note, namespace: shop}\ndata: {a: b}\n'],
	image: ['registry.example/shop/web:2'],
	node: ['node-1'],
	pod: ['web-1'],
	command: [['ls']],
	service: ['web'],
	host: ['shop.example.com'],
	values: [['A=b']],
	keys: [['A=b']],
	query: ['scale'],
	tool: ['workload_scale', 'undo'],
	input: ['{"workload":"deployment/web","replicas":9}', '{', '[]', 'null'],
	repository: ['.'],
	verb: ['get'],
};

/** Arguments of a tool by its own schema: right but for one or two fields, or wrong everywhere. */
export function argumentsOf({properties = {}, required = []}: {readonly properties?: object; readonly required?: readonly string[]}) {
	const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, fieldOf(schema as Schema)]));
	const usual = Object.fromEntries(
		Object.keys(fields).flatMap(name => (good[name] === undefined ? [] : [[name, fc.constantFrom(...good[name])] as const])),
	);
	const right = fc.record(usual, {requiredKeys: required.filter(name => name in usual)});
	const wild = fc.record(fields, {requiredKeys: []});
	const some = fc
		.tuple(wild, fc.array(fc.constantFrom('', ...Object.keys(fields)), {maxLength: 2}))
		.map(([given, names]) => Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name))));
	return fc.oneof(
		{weight: 6, arbitrary: fc.tuple(right, some).map(([given, wrong]) => ({...given, ...wrong}))},
		{weight: 1, arbitrary: fc.tuple(right, strange).map(([given, more]) => ({...given, ...more}))},
		{weight: 2, arbitrary: wild},
	);
}
