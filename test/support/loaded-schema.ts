import {readKubeSchema} from '../../src/core/diff/kube-schema.ts';
import {kubeSchemaJson} from '../../src/core/generated/kube-schema.ts';

/** The schema of the kinds of Kubernetes, read once for all tests of a file. */
export const loadedSchema = readKubeSchema(kubeSchemaJson);
