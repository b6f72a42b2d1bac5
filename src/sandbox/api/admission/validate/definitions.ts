import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {type Causes, invalidValue, required, unsupported} from './causes.ts';

/** What a CustomResourceDefinition must say to be served: a name made of its parts, a scope, one version to store, schemas. */
export function definitionCauses(definition: KubeObject): Causes {
	const {name} = definition.metadata;
	const expected = `${textAt(definition, 'spec', 'names', 'plural') ?? ''}.${textAt(definition, 'spec', 'group') ?? ''}`;
	const scope = textAt(definition, 'spec', 'scope') ?? '';
	return [
		...(name === expected ? [] : [invalidValue('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]),
		...(['Cluster', 'Namespaced'].includes(scope) ? [] : [unsupported('spec.scope', scope, ['Cluster', 'Namespaced'])]),
		...storedVersion(definition),
		...schemaCauses(definition),
	];
}

function storedVersion(definition: KubeObject): Causes {
	const versions = listAt(definition, 'spec', 'versions');
	const stored = versions.filter(version => valueAt(version, 'storage') === true);
	if (stored.length === 1) return [];
	// Shown as the server holds them; their schemas have been taken out by then.
	const shown = versions.map(version => ({
		Name: textAt(version, 'name') ?? '',
		Served: valueAt(version, 'served') === true,
		Storage: valueAt(version, 'storage') === true,
		Deprecated: valueAt(version, 'deprecated') === true,
		DeprecationWarning: valueAt(version, 'deprecationWarning') ?? null,
		Schema: null,
		Subresources: null,
		AdditionalPrinterColumns: null,
		SelectableFields: null,
	}));
	return [
		invalidValue('spec.versions', shown, 'must have exactly one version marked as storage version'),
		...(stored.length === 0 ? [invalidValue('status.storedVersions', null, 'must have at least one stored version')] : []),
	];
}

const schemaCauses = (definition: KubeObject): Causes =>
	listAt(definition, 'spec', 'versions').flatMap((version, index) =>
		valueAt(version, 'schema', 'openAPIV3Schema') === undefined ? [required(`spec.versions[${index}].schema.openAPIV3Schema`)] : [],
	);
