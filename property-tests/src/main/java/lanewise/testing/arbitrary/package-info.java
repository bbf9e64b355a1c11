/** Inputs that find bugs in vector code, as jqwik arbitraries that shrink towards small sizes and simple contents. */
package lanewise.testing.arbitrary;
