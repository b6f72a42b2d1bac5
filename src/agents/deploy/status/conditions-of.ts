import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';

/** The conditions of an object, each field a text. */
export const conditionsOf = (object: KubeObject) =>
	objectsAt(object, 'status', 'conditions').map(condition => ({
		type: wordAt(condition, 'type'),
		status: wordAt(condition, 'status'),
		reason: wordAt(condition, 'reason'),
		message: wordAt(condition, 'message'),
	}));
