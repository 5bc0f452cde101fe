/** The descriptors on which the program that scans has its messages, and the samples of a page. */
export const linesFd = 3;
export const samplesFd = 4;
