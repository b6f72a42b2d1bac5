/** How a field of a message is read; `[]` repeats, `{}` is a map from strings. Messages are named by their table. */
export type Message = {readonly [number: number]: readonly [name: string, type: string]};

// Field numbers from the generated.proto files of k8s.io/api and k8s.io/apimachinery: the kinds that kubectl's typed clients write.
export const messages: {readonly [name: string]: Message} = {
	Unknown: {1: ['typeMeta', 'TypeMeta'], 2: ['raw', 'bytes']},
	TypeMeta: {1: ['apiVersion', 'string'], 2: ['kind', 'string']},
	ObjectMeta: {
		1: ['name', 'string'],
		2: ['generateName', 'string'],
		3: ['namespace', 'string'],
		5: ['uid', 'string'],
		6: ['resourceVersion', 'string'],
		11: ['labels', '{}string'],
		12: ['annotations', '{}string'],
		14: ['finalizers', '[]string'],
	},
	Namespace: {1: ['metadata', 'ObjectMeta']},
	ServiceAccount: {1: ['metadata', 'ObjectMeta']},
	ConfigMap: {1: ['metadata', 'ObjectMeta'], 2: ['data', '{}string'], 3: ['binaryData', '{}bytes'], 4: ['immutable', 'boolean']},
	Secret: {
		1: ['metadata', 'ObjectMeta'],
		2: ['data', '{}bytes'],
		3: ['type', 'string'],
		4: ['stringData', '{}string'],
		5: ['immutable', 'boolean'],
	},
	DeleteOptions: {
		1: ['gracePeriodSeconds', 'integer'],
		2: ['preconditions', 'Preconditions'],
		3: ['orphanDependents', 'boolean'],
		4: ['propagationPolicy', 'string'],
		5: ['dryRun', '[]string'],
	},
	Preconditions: {1: ['uid', 'string'], 2: ['resourceVersion', 'string']},
	Eviction: {1: ['metadata', 'ObjectMeta'], 2: ['deleteOptions', 'DeleteOptions']},
	SelfSubjectReview: {1: ['metadata', 'ObjectMeta']},
	SelfSubjectAccessReview: {1: ['metadata', 'ObjectMeta'], 2: ['spec', 'AccessSpec']},
	SubjectAccessReview: {1: ['metadata', 'ObjectMeta'], 2: ['spec', 'AccessSpec']},
	LocalSubjectAccessReview: {1: ['metadata', 'ObjectMeta'], 2: ['spec', 'AccessSpec']},
	AccessSpec: {
		1: ['resourceAttributes', 'ResourceAttributes'],
		2: ['nonResourceAttributes', 'NonResourceAttributes'],
		3: ['user', 'string'],
		4: ['groups', '[]string'],
	},
	ResourceAttributes: {
		1: ['namespace', 'string'],
		2: ['verb', 'string'],
		3: ['group', 'string'],
		4: ['version', 'string'],
		5: ['resource', 'string'],
		6: ['subresource', 'string'],
		7: ['name', 'string'],
	},
	NonResourceAttributes: {1: ['path', 'string'], 2: ['verb', 'string']},
	SelfSubjectRulesReview: {1: ['metadata', 'ObjectMeta'], 2: ['spec', 'RulesSpec']},
	RulesSpec: {1: ['namespace', 'string']},
};
