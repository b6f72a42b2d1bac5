import type * as z from 'zod';

/** One input field of a tool as the command line sees it. */
export type InputField = {
	readonly name: string;
	/** Long flag without dashes. */
	readonly flag: string;
	/** One letter. */
	readonly short?: string | undefined;
	/** `file` holds the text of a file that the flag names. */
	readonly kind: 'text' | 'number' | 'boolean' | 'file';
	readonly choices?: readonly string[] | undefined;
	readonly isList: boolean;
	/** Whether commas of a flag's value separate items of a list; `.meta({split: false})` keeps them. */
	readonly splits: boolean;
	readonly isRequired: boolean;
	readonly defaultValue?: unknown;
	/** Third-person fragment, from `.describe()`. */
	readonly summary: string;
	/** What names of the live cluster complete it, from `.meta({completes})`. */
	readonly completes?: string | undefined;
};

/** The plain data that zod keeps of a schema. Read as data, because narrowing by its classes would load zod with every command. */
type Def = {
	readonly type: string;
	readonly innerType?: z.ZodType;
	readonly in?: z.ZodType;
	readonly element?: z.ZodType;
	readonly defaultValue?: unknown;
	readonly entries?: {readonly [key: string]: string | number};
	readonly values?: readonly unknown[];
};

// The one cast at zod's border: `def` is documented, but typed per class.
const defOf = (schema: z.ZodType) => schema.def as unknown as Def;

/** A schema and what wraps it, the outermost first: optional, default, transformed. */
function layersOf(schema: z.ZodType): readonly [z.ZodType, ...z.ZodType[]] {
	const {innerType, in: input} = defOf(schema);
	const inner = innerType ?? input;
	return inner === undefined ? [schema] : [schema, ...layersOf(inner)];
}

/** A field's name as a flag writes it: `plan-out`. */
export const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

function choicesOf({entries, values}: Def): readonly string[] | undefined {
	const all = entries === undefined ? values : Object.values(entries);
	return all?.map(String);
}

const kindOf = (type: string) => (type === 'number' || type === 'boolean' ? type : 'text');

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Letters that hands know from kubectl. */
const familiarLetters: {readonly [name: string]: string} = {allNamespaces: 'A', container: 'c', labelSelector: 'l', previous: 'p'};

/** Reads one field of a flat schema. Metadata may stand on any layer; the outermost wins. */
function inputField(name: string, schema: z.ZodType): InputField {
	const layers = layersOf(schema);
	const defs = layers.map(defOf);
	const meta: {readonly [key: string]: unknown} = Object.assign({}, ...layers.toReversed().map(layer => layer.meta() ?? {}));
	const core = defs.at(-1) ?? {type: 'string'};
	const isList = core.type === 'array';
	const item = isList && core.element !== undefined ? (layersOf(core.element).map(defOf).at(-1) ?? core) : core;
	const isFile = meta.from === 'file';
	// Hands know the flag of a manifest from kubectl; a file beside it names a flag of its own.
	const ownFlag = text(meta.flag);
	const isManifest = isFile && ownFlag === undefined;
	const hasDefault = defs.some(({type}) => type === 'default' || type === 'prefault');
	return {
		name,
		flag: isManifest ? 'file' : (ownFlag ?? kebab(name)),
		short: isManifest ? 'f' : (text(meta.short) ?? familiarLetters[name]),
		kind: isFile ? 'file' : kindOf(item.type),
		choices: choicesOf(item),
		isList,
		splits: meta.split !== false,
		isRequired: !hasDefault && !defs.some(({type}) => type === 'optional'),
		defaultValue: defs.find(({defaultValue}) => defaultValue !== undefined)?.defaultValue,
		summary: text(meta.description) ?? '',
		completes: text(meta.completes),
	};
}

/** Fields that a global flag gives to every tool that has them. */
const sharedFields = ['namespace', 'context'] as const;

/** Whether a global flag gives this field, so that the command has no flag of its own for it. */
export const isShared = (name: string) => sharedFields.some(shared => shared === name);

/** All fields of a tool's input in the order in which it declares them. */
export const inputFields = (input: z.ZodObject): readonly InputField[] =>
	// The shape of an object schema is typed with zod's core types; all of them are made by zod's classic constructors.
	Object.entries(input.shape).map(([name, schema]) => inputField(name, schema as z.ZodType));

/** Command lines that show how the tool is used, from `.meta({examples})` of its input. */
export function examplesOf(input: z.ZodObject): readonly string[] {
	const examples: unknown = input.meta()?.examples;
	return Array.isArray(examples) ? examples.filter(example => typeof example === 'string') : [];
}
