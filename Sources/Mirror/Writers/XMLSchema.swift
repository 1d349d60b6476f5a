/// The schema of the XML files. A change that breaks readers gets a new number in name, file and namespace.
enum XMLSchema {
  static let fileName = "spiegel-mirror-1.xsd"
  static let namespace = "urn:spiegel:mirror:1"

  /// The schema.
  static let text = """
    <?xml version="1.0" encoding="UTF-8"?>
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="\(namespace)" targetNamespace="\(namespace)"
        elementFormDefault="qualified" version="1">
      <xs:annotation><xs:documentation xml:lang="en">
        Mirror information for one recipient. Small numbers are protected: a number that may not be seen is absent.
      </xs:documentation></xs:annotation>
      <xs:simpleType name="count"><xs:restriction base="xs:nonNegativeInteger"/></xs:simpleType>
      <xs:complexType name="localized"><xs:simpleContent><xs:extension base="xs:string">
        <xs:attribute name="lang" use="required"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="nl"/><xs:enumeration value="en"/>
        </xs:restriction></xs:simpleType></xs:attribute>
      </xs:extension></xs:simpleContent></xs:complexType>
      <xs:complexType name="figure"><xs:sequence>
    \(figureElements)
      </xs:sequence></xs:complexType>
      <xs:complexType name="indicator"><xs:sequence>
        <xs:element name="name" type="localized" minOccurs="2" maxOccurs="2"/>
        <xs:element name="unit" type="localized" minOccurs="2" maxOccurs="2"/>
        <xs:element name="figure" type="figure" maxOccurs="unbounded"/>
      </xs:sequence>
        <xs:attribute name="id" type="xs:string" use="required"/>
        <xs:attribute name="version" type="xs:string" use="required"/>
        <xs:attribute name="goal" use="required"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="health"/><xs:enumeration value="experience"/>
          <xs:enumeration value="cost"/><xs:enumeration value="work"/>
        </xs:restriction></xs:simpleType></xs:attribute>
        <xs:attribute name="measure" type="xs:string" use="required"/>
        <xs:attribute name="direction" use="required"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="higher-better"/><xs:enumeration value="lower-better"/><xs:enumeration value="neutral"/>
        </xs:restriction></xs:simpleType></xs:attribute>
        <xs:attribute name="decimals" type="count" use="required"/>
      </xs:complexType>
      <xs:element name="mirror"><xs:complexType><xs:sequence>
        <xs:element name="pipeline"><xs:complexType><xs:sequence>
          <xs:element name="name" type="localized" minOccurs="2" maxOccurs="2"/>
        </xs:sequence>
          <xs:attribute name="id" type="xs:string" use="required"/>
          <xs:attribute name="version" type="xs:string" use="required"/>
          <xs:attribute name="digest" type="xs:string" use="required"/>
        </xs:complexType></xs:element>
        <xs:element name="run"><xs:complexType>
          <xs:attribute name="id" type="xs:string" use="required"/>
        </xs:complexType></xs:element>
        <xs:element name="recipient"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
          <xs:attribute name="layout" type="xs:string" use="required"/>
          <xs:attribute name="unit" type="xs:string" use="required"/>
          <xs:attribute name="kind" use="required"><xs:simpleType><xs:restriction base="xs:string">
            <xs:enumeration value="nation"/><xs:enumeration value="region"/><xs:enumeration value="provider"/>
            <xs:enumeration value="insurer"/>
          </xs:restriction></xs:simpleType></xs:attribute>
        </xs:extension></xs:simpleContent></xs:complexType></xs:element>
        <xs:element name="deliveries"><xs:complexType><xs:sequence>
          <xs:element name="delivery" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
            <xs:attribute name="file" type="xs:string" use="required"/>
            <xs:attribute name="records" type="count" use="required"/>
          </xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element name="indicators"><xs:complexType><xs:sequence>
          <xs:element name="indicator" type="indicator" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence>
        <xs:attribute name="version" type="xs:string" fixed="1" use="required"/>
      </xs:complexType></xs:element>
    </xs:schema>

    """

  private static let figureElements = FigureField.all.map { field in
    let type =
      switch field.kind {
      case .text: "xs:string"
      case .count: "count"
      case .number: "xs:double"
      }
    return """
          <xs:element name="\(field.name)" type="\(type)"\(field.isRequired ? "" : " minOccurs=\"0\"")><xs:annotation>\
      <xs:documentation xml:lang="en">\(escaped(field.meaning))</xs:documentation></xs:annotation></xs:element>
      """
  }.joined(separator: "\n")
}
